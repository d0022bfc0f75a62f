/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import io.caracal.server.launch.DataDirectory;
import java.nio.file.FileSystemException;

/** Tells people what failed. */
public final class FailureText
{
    private FailureText()
    {
    }

    /**
     * Returns the text of a failure. The message of some failures of files is the name of the file alone, so the reason
     * is added to it.
     *
     * @param failure any.
     * @return its message; what kind of failure it is where there is none.
     */
    public static String of(final Exception failure)
    {
        if (failure instanceof final FileSystemException refused && refused.getReason() == null)
        {
            return refused.getFile() + ": " + DataDirectory.reason(refused);
        }

        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
