/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import io.caracal.engine.port.CorruptionException;
import java.nio.file.Path;

/**
 * Creates the exceptions for damaged files. Each names the file and the offset, and says what is wrong and what can be
 * done.
 */
public final class Corruption
{
    private static final String REMEDY = "Restore the data directory from a backup, or without one, what is whole of " +
        "it with caracal restore --up-to-damage; in an ensemble, move its folder " + DataLayout.HOME_NAME +
        " away (that of dataLogDir, too) and let this server take over the state of the others.";

    private Corruption()
    {
    }

    /**
     * Creates the exception for damage at a known place.
     *
     * @param file   where.
     * @param offset in the file, bytes.
     * @param what   is wrong; no full stop at its end.
     * @return to be thrown.
     */
    public static CorruptionException at(final Path file, final long offset, final String what)
    {
        return new CorruptionException(file + ", offset " + offset + ": " + what, REMEDY);
    }

    /**
     * Creates the exception for damage whose place is already part of the text.
     *
     * @param what file, offset and what is wrong; no full stop at its end.
     * @return to be thrown.
     */
    public static CorruptionException in(final String what)
    {
        return new CorruptionException(what, REMEDY);
    }
}
