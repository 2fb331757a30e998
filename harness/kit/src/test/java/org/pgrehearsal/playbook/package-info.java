/** Tests of the package of the same name. */
@NullMarked
package org.pgrehearsal.playbook;

import org.jspecify.annotations.NullMarked;
