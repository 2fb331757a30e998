@NullMarked
package org.pgrehearsal.lab;

import org.jspecify.annotations.NullMarked;
