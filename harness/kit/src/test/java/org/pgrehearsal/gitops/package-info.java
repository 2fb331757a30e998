@NullMarked
package org.pgrehearsal.gitops;

import org.jspecify.annotations.NullMarked;
