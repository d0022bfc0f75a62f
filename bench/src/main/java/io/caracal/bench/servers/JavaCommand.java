/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Creates command lines that run a class of this class path on this JVM. */
public final class JavaCommand
{
    private JavaCommand()
    {
    }

    /**
     * Creates a command line.
     *
     * @param jvmArguments flags of the JVM.
     * @param mainClass    class to run.
     * @param arguments    of the main class.
     * @return program and arguments.
     */
    public static List<String> of(final List<String> jvmArguments, final String mainClass, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(tool("java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    static Path tool(final String name)
    {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }
}
