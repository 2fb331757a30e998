package org.pgrehearsal.process;

import java.io.InputStream;
import java.io.OutputStream;

/** The handle of a process that is gone, in the moment before the JDK has learnt of it. */
final class NotYetKnownToHaveEnded extends Process {
    private final long pid;

    NotYetKnownToHaveEnded(long pid) {
        this.pid = pid;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return 0;
    }

    @Override
    public int exitValue() {
        throw new IllegalThreadStateException("not known yet");
    }

    @Override
    public void destroy() {}
}
