package org.pgrehearsal.system.dump;

import java.io.IOException;
import java.io.InputStream;
import org.pgrehearsal.process.CommandFailed;
import org.pgrehearsal.process.Runner;

/** The output of a program, which ends well only if the program does: half a dump must never look like a whole one. */
final class ProgramOutput extends InputStream {
    private final Runner runner;
    private final Runner.Piped piped;
    private final InputStream output;
    private boolean ended;

    ProgramOutput(Runner runner, Runner.Piped piped) {
        this.runner = runner;
        this.piped = piped;
        this.output = piped.process().getInputStream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = output.read(target, offset, length);
        if (count < 0 && !ended) {
            ended = true;
            try {
                runner.finish(piped).orFail();
            } catch (CommandFailed e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return count;
    }

    /** Ends the program if it has not ended by itself. */
    @Override
    public void close() {
        if (!ended) {
            piped.process().destroyForcibly();
        }
    }
}
