/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import java.io.IOException;

/** Failures of writing as people need them: what the system says of an open file does not name it. */
final class NamedFailure
{
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
            .getMessage().matches("[A-Z][a-z /-]+");

        return isBare ? new IOException(place + ": " + failure.getMessage(), failure) : failure;
    }
}
