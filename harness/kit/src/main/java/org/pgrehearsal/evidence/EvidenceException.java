package org.pgrehearsal.evidence;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The run folder or a report cannot be made or read. The message is one line that names the place and the remedy. */
public final class EvidenceException extends RuntimeException {
    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }

    EvidenceException(String message) {
        super(message);
    }

    /**
     * What went wrong, in one line.
     *
     * @param doing what was attempted, to follow "cannot": {@code write}, {@code create}
     * @param path  what it was attempted on
     * @param cause what the operating system said
     */
    static EvidenceException of(String doing, Path path, IOException cause) {
        return new EvidenceException("cannot " + doing + " " + path + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied; choose a place that this user can write to";
            case FileAlreadyExistsException e ->
                e.getFile() + " is a file, not a directory; move it away or choose another place";
            case NotDirectoryException e -> e.getFile() + " is not a directory; choose another place";
            case NoSuchFileException e -> e.getFile() + " does not exist";
            case FileSystemException e when e.getReason() != null -> system(e.getReason());
            default -> system(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        };
    }

    private static String system(String text) {
        String line = Printable.line(text);
        if (line.contains("No space left") || line.contains("quota exceeded")) {
            return "the disk is full (" + line + "); free some space or choose another place";
        }
        if (line.contains("Read-only file system")) {
            return "the file system is read-only; choose another place";
        }
        if (line.contains("Operation not permitted")) {
            return "the system does not permit it; choose another place";
        }
        if (line.contains("Not a directory")) {
            return "a part of this path is not a directory; choose another place";
        }
        return line;
    }
}
