/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.agrona.BufferUtil;

/**
 * The few calls of the C library for which Java has no equivalent, through the lowest layer (jffi) of the foreign calls
 * that Chronicle brings along. The layer above it (jnr-ffi) would generate classes at run time, which takes a tenth of
 * a second of a start. Loaded when it is first needed. May be called by any thread.
 */
final class CLibrary
{
    /** The system has no such call. */
    static final int ENOSYS = 38;

    /** The file would be longer than the process, or the file system, allows. */
    static final int EFBIG = 27;

    /** No room on the device. */
    static final int ENOSPC = 28;

    /** The process has as many files open as it is allowed. */
    static final int EMFILE = 24;

    /** The machine has as many files open as it can. */
    static final int ENFILE = 23;

    /** A part of the path is not a directory. */
    static final int ENOTDIR = 20;

    /** The file system is mounted read-only. */
    static final int EROFS = 30;

    /** Nobody reads the pipe. */
    static final int EPIPE = 32;

    /** The quota is used up. */
    static final int EDQUOT = 122;

    /** The charset in which the JVM itself encodes file names. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final Library PROCESS = Library.getDefault();
    private static final Call OPEN = new Call("open", Type.SINT, Type.POINTER, Type.SINT);
    private static final Call CLOSE = new Call("close", Type.SINT, Type.SINT);
    private static final Call STRERROR = new Call("strerror", Type.POINTER, Type.SINT);
    private static final Call POSIX_FALLOCATE = new Call("posix_fallocate", Type.SINT, Type.SINT, Type.SINT64,
        Type.SINT64);

    private CLibrary()
    {
    }

    /**
     * A function of the library: its address, which is zero if the system has no such function, and how it is called.
     */
    private static final class Call
    {
        private final long address;
        private final CallContext context;

        Call(final String name, final Type result, final Type... parameters)
        {
            address = PROCESS.getSymbolAddress(name);
            context = new CallContext(result, parameters);
        }

        boolean isAbsent()
        {
            return address == 0;
        }

        int call(final long first)
        {
            return (int)Invoker.getInstance().invokeN1(context, address, first);
        }

        long callForAddress(final long first)
        {
            return Invoker.getInstance().invokeN1(context, address, first);
        }

        int call(final long first, final long second)
        {
            return (int)Invoker.getInstance().invokeN2(context, address, first, second);
        }

        int call(final long first, final long second, final long third)
        {
            return (int)Invoker.getInstance().invokeN3(context, address, first, second, third);
        }
    }

    /**
     * Opens a file that exists.
     *
     * @param path  of the file.
     * @param flags of the system.
     * @return descriptor, or the negative number of the error.
     */
    static int open(final String path, final int flags)
    {
        final byte[] bytes = path.getBytes(FILE_NAMES);
        final ByteBuffer terminated = ByteBuffer.allocateDirect(bytes.length + 1).put(bytes).put((byte)0);
        try
        {
            final int descriptor = OPEN.call(BufferUtil.address(terminated), flags);
            return descriptor < 0 ? -LastError.getInstance().get() : descriptor;
        }
        finally
        {
            Reference.reachabilityFence(terminated);
        }
    }

    /**
     * Reserves blocks on disk for a range of a file.
     *
     * @param descriptor open for writing.
     * @param offset     of the range.
     * @param length     of the range.
     * @return 0, or the number of the error; {@link #ENOSYS} if there is no such call.
     */
    static int posixFallocate(final int descriptor, final long offset, final long length)
    {
        return POSIX_FALLOCATE.isAbsent() ? ENOSYS : POSIX_FALLOCATE.call(descriptor, offset, length);
    }

    /**
     * Returns the system's text for an error, in the language of the process.
     *
     * @param error its number.
     * @return the same words that the JVM puts into its exceptions; null if the system has no such call.
     */
    static String strerror(final int error)
    {
        final long text = STRERROR.isAbsent() ? 0 : STRERROR.callForAddress(error);
        return text == 0 ? null : new String(MemoryIO.getInstance().getZeroTerminatedByteArray(text), FILE_NAMES);
    }

    /**
     * Closes a descriptor.
     *
     * @param descriptor as opened.
     * @return 0 if it was open.
     */
    static int close(final int descriptor)
    {
        return CLOSE.call(descriptor);
    }
}
