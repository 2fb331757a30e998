package org.pgrehearsal.platform;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A program as this machine has it.
 *
 * @param name the executable's file name
 * @param path the executable, absolute
 * @param version as the program says it ({@code 15.18}); empty if it did not start, or said none in time
 */
public record Tool(String name, Path path, Optional<String> version) {}
