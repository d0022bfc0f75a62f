/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.zookeeper.ZooKeeperMain;
import org.apache.zookeeper.util.ServiceUtils;

/**
 * ZooKeeper's own shell. It writes to the streams of the process, and keeps those that it finds when its classes are
 * loaded. So the streams are replaced once, before that, by ones that pass everything to the shell in use.
 */
public final class ZooKeeperShell implements TypedShell
{
    /** The event thread of a session inherits this from the thread that opens the session. */
    private static final InheritableThreadLocal<Recording> CURRENT = new InheritableThreadLocal<>();

    static
    {
        System.setOut(new PrintStream(new Lines(Recording::out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Lines(Recording::err), true, StandardCharsets.UTF_8));
        ServiceUtils.setSystemExitProcedure(ServiceUtils.LOG_ONLY);
    }

    private final Recording recording = new Recording();
    private final Main main;

    public ZooKeeperShell(final String servers) throws IOException, InterruptedException
    {
        CURRENT.set(recording);
        main = new Main("-server", servers, "-timeout", "20000", "-waitforconnection");
        recording.takeOut();
    }

    @Override
    public boolean execute(final String line)
    {
        CURRENT.set(recording);
        try
        {
            main.executeLine(line);
            return main.isDone();
        }
        catch (final IOException | InterruptedException | RuntimeException crash)
        {
            recording.err("crashed: " + crash);
            return false;
        }
    }

    @Override
    public Recording recording()
    {
        return recording;
    }

    @Override
    public void close()
    {
        execute("close");
    }

    /** Gives access to protected methods. */
    private static final class Main extends ZooKeeperMain
    {
        Main(final String... args) throws IOException, InterruptedException
        {
            super(args);
        }

        boolean isDone()
        {
            return exitCode == 0;
        }
    }

    /**
     * Collects whole lines of each thread and passes them to the recording of the shell in use. Lines of an event
     * thread are events.
     */
    private static final class Lines extends OutputStream
    {
        private final ThreadLocal<ByteArrayOutputStream> line = ThreadLocal.withInitial(ByteArrayOutputStream::new);
        private final BiConsumer<Recording, String> target;

        Lines(final BiConsumer<Recording, String> target)
        {
            this.target = target;
        }

        @Override
        public void write(final int value)
        {
            if (value != '\n')
            {
                line.get().write(value);
                return;
            }

            final String text = line.get().toString(StandardCharsets.UTF_8);
            line.get().reset();
            final Recording recording = CURRENT.get();
            if (recording == null)
            {
                return;
            }
            if (Thread.currentThread().getName().endsWith("-EventThread"))
            {
                recording.event(text);
            }
            else
            {
                target.accept(recording, text);
            }
        }
    }
}
