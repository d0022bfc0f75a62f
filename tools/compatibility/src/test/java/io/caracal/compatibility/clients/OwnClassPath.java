/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.Texts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs programs that must not see the libraries of this test, each in a JVM of its own. */
final class OwnClassPath
{
    private OwnClassPath()
    {
    }

    /** The class path that the build wrote for a module below this one. */
    static String of(final String module)
    {
        final Path target = Path.of(module, "target").toAbsolutePath();

        if (!Files.isDirectory(target.resolve("lib")))
        {
            throw new AssertionError(target.resolve("lib") + " is missing: build the module " + module + " first");
        }

        return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*";
    }

    /** Runs a program to its end. Expects these "passed" lines, in order, and exit code 0. */
    static void run(final String title, final String module, final String mainClass, final long timeoutMs,
        final List<String> arguments, final List<String> passed)
    {
        try (ChildJvm child = ChildJvm.start(title, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), of(module),
            mainClass, arguments))
        {
            final int code = child.awaitExit(timeoutMs);
            assertEquals(passed, passed(child.output()), child::tail);
            assertEquals(0, code, child::tail);
        }
    }

    static List<String> passed(final String output)
    {
        return Texts.split(output, '\n').stream().filter(line -> line.startsWith("passed "))
            .map(line -> line.substring(7).strip()).toList();
    }
}
