package org.pgrehearsal.lab;

import java.nio.file.Path;

/** Something that takes time to make and goes into one image or several. */
sealed interface Part permits GoPart, DebianPart, CratePart, PluginPart {
    /** Unique, and good for a file name. */
    String name();

    /** Of all that it is made from, and how. */
    String hash();

    /**
     * Makes it.
     *
     * @param folder an empty one, whose content becomes that of a build context
     */
    void make(Path folder);

    /** Where it is in the build context: the folder's name, or empty for the context itself. */
    String place();
}
