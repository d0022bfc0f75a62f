/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import jnr.ffi.LibraryLoader;
import jnr.ffi.types.off_t;

/** The few calls of the C library that Java has no words for. Public because the binding is generated at run time. */
public interface CLibrary
{
    /**
     * Opens a file that exists.
     *
     * @param path  of the file.
     * @param flags of the system.
     * @return descriptor, or a negative number.
     */
    int open(CharSequence path, int flags);

    /**
     * Gives a range of a file blocks on disk.
     *
     * @param descriptor open for writing.
     * @param offset     of the range.
     * @param length     of the range.
     * @return 0, or the error's number; {@code errno} is not used.
     */
    int posix_fallocate(int descriptor, @off_t long offset, @off_t long length);

    /**
     * Closes a descriptor.
     *
     * @param descriptor as opened.
     * @return 0 when it was open.
     */
    int close(int descriptor);

    /** Loaded when it is first needed: that takes a while. */
    final class Binding
    {
        static final CLibrary LIBRARY = LibraryLoader.create(CLibrary.class).load("c");

        private Binding()
        {
        }
    }
}
