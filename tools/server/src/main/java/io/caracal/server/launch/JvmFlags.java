/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks for the JVM flags without which the transaction log cannot be opened. The scripts set them
 * (conf/java-17.args); a program that embeds a server has to set them itself.
 */
public final class JvmFlags
{
    private static final List<String> OPENS = List.of("jdk.internal.misc", "java.lang", "java.lang.reflect", "java.io",
        "java.util", "java.util.zip", "sun.nio.ch");
    private static final List<String> EXPORTS = List.of("jdk.internal.ref", "sun.nio.ch");

    private JvmFlags()
    {
    }

    /** Throws an exception when flags are missing; its message says what to add to the command line. */
    public static void require()
    {
        final List<String> missing = missing(Object.class.getModule(), JvmFlags.class.getModule());
        if (!missing.isEmpty())
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION,
                "the JVM lacks flags that the server needs; add to its command line: " + String.join(" ", missing),
                null);
        }
    }

    static List<String> missing(final Module base, final Module own)
    {
        final List<String> missing = new ArrayList<>();
        for (final String name : OPENS)
        {
            if (!base.isOpen(name, own))
            {
                missing.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
            }
        }

        for (final String name : EXPORTS)
        {
            if (!base.isExported(name, own))
            {
                missing.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }

        return missing;
    }
}
