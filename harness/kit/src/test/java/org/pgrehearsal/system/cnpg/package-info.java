@NullMarked
package org.pgrehearsal.system.cnpg;

import org.jspecify.annotations.NullMarked;
