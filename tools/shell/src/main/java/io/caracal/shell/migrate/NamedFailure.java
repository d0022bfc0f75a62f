/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import java.io.IOException;

/** Adds the file name to failures of writing. The system's error about an open file does not name it. */
final class NamedFailure
{
    /**
     * Matches a message of the system in any language: it begins with a capital where the script has them, and holds
     * neither digits nor a colon.
     */
    private static final String WORDS_OF_SYSTEM = "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M} /()-]+";

    private NamedFailure()
    {
    }

    /**
     * Returns the failure with its place.
     *
     * @param place   what was being written.
     * @param failure as the system reported it.
     * @return the failure to report; the given one unless its message is only the text of the system's error.
     */
    static IOException at(final Object place, final IOException failure)
    {
        final boolean isBare = failure.getClass() == IOException.class && failure.getMessage() != null &&
            failure.getMessage().matches(WORDS_OF_SYSTEM);

        return isBare ? new IOException(place + ": " + failure.getMessage(), failure) : failure;
    }
}
