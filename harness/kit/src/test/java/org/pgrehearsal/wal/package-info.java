<<<<<<< HEAD
/** Tests of the package of the same name; they need nothing installed. */
=======
/** Tests of the package of the same name. */
>>>>>>> checker
@NullMarked
package org.pgrehearsal.wal;

import org.jspecify.annotations.NullMarked;
