/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A server that opens one session and answers each request with only a header: the first request, or every one, after a
 * pause, and all others at once.
 */
final class LateServer implements Closeable
{
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final int PASSWORD_LENGTH = 16;
    private static final int SESSION_LENGTH = 4 + 4 + 8 + 4 + PASSWORD_LENGTH + 1;
    private static final int HEADER_LENGTH = 4 + 8 + 4;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final long pauseNs;
    private final boolean isAlwaysLate;
    private final Thread thread = new Thread(this::serve, "late-server");

    /** Condition for which late answers wait in addition to the pause. */
    private volatile BooleanSupplier condition = () -> true;

    /** The exception that says how the client hung up, or that this server was closed. */
    private volatile IOException gone;

    LateServer(final long pauseMs) throws IOException
    {
        this(pauseMs, false);
    }

    LateServer(final long pauseMs, final boolean isAlwaysLate) throws IOException
    {
        this.isAlwaysLate = isAlwaysLate;
        pauseNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
        thread.start();
    }

    InetSocketAddress address()
    {
        return (InetSocketAddress)listener.getLocalSocketAddress();
    }

    /** Sets the condition for late answers. To be called before a client connects. */
    void answersWhen(final BooleanSupplier newCondition)
    {
        condition = newCondition;
    }

    private void serve()
    {
        try (Socket socket = listener.accept())
        {
            serve(new DataInputStream(socket.getInputStream()),
                new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
        }
        catch (final EOFException | SocketException ex)
        {
            gone = ex;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void serve(final DataInputStream in, final DataOutputStream out) throws IOException
    {
        in.skipNBytes(in.readInt());
        out.writeInt(SESSION_LENGTH);
        out.writeInt(0);
        out.writeInt(SESSION_TIMEOUT_MS);
        out.writeLong(1);
        out.writeInt(PASSWORD_LENGTH);
        out.write(new byte[PASSWORD_LENGTH]);
        out.writeByte(0);
        out.flush();
        for (boolean isLate = true;; isLate = isAlwaysLate)
        {
            final int length = in.readInt();
            final int xid = in.readInt();
            in.skipNBytes(length - Integer.BYTES);
            final long startNs = System.nanoTime();
            for (long leftNs = pauseNs; isLate && leftNs > 0; leftNs = startNs + pauseNs - System.nanoTime())
            {
                LockSupport.parkNanos(leftNs);
            }
            while (isLate && !listener.isClosed() && !condition.getAsBoolean())
            {
                LockSupport.parkNanos(STEP_NS);
            }
            out.writeInt(HEADER_LENGTH);
            out.writeInt(xid);
            out.writeLong(1);
            out.writeInt(0);
            // The whole frame is sent at once, as servers do: its parts would reach the client one by one.
            out.flush();
        }
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
    }

    @Override
    public String toString()
    {
        return "late server at " + address() + ", its client: " + gone;
    }
}
