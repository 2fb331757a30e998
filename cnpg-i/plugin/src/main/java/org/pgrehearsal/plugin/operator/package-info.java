/** The operator's questions about a Cluster: is it valid, what should change, what is its status. */
@NullMarked
package org.pgrehearsal.plugin.operator;

import org.jspecify.annotations.NullMarked;
