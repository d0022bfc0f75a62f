/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import java.io.IOException;

/** Failures of writing as people need them: what the system says of an open file does not name it. */
final class NamedFailure
{
    /** In whatever language: begins large where there are such letters, and has neither a number nor a colon. */
    private static final String WORDS_OF_SYSTEM = "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M} /()-]+";

    private NamedFailure()
    {
    }

    /**
     * The same failure with its place.
     *
     * @param place   where was written.
     * @param failure as the system told it.
     * @return what is to be told: the failure itself where it names a file already.
     */
    static IOException at(final Object place, final IOException failure)
    {
        final boolean isBare = failure.getClass() == IOException.class && failure.getMessage() != null && failure
            .getMessage().matches(WORDS_OF_SYSTEM);

        return isBare ? new IOException(place + ": " + failure.getMessage(), failure) : failure;
    }
}
