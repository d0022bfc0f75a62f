/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import io.caracal.bench.report.Figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which flags and which collector the JVM of a server really uses, rather than those that its script is expected
 * to give it.
 */
public final class RunningJvm
{
    private static final Pattern ARGUMENTS = Pattern.compile("^jvm_args: (.*)$", Pattern.MULTILINE);
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+)GC\\b");
    private static final Pattern OF_MODULES = Pattern.compile("--add-(opens|exports)[= ]\\S+ ?");

    private RunningJvm()
    {
    }

    /**
     * Adds what is known about the JVM of one server to the facts of a run, once for each kind of server.
     *
     * @param figures of the run.
     * @param server  name of the kind.
     * @param pid     id of a running process of that kind.
     */
    public static void tell(final Figures figures, final String server, final long pid)
    {
        final String name = "JVM of " + server;
        if (!figures.hasFact(name))
        {
            figures.addFact(name, ProcessFigures.jcmd(pid, "VM.command_line")
                .map(answer -> flags(answer) + "; collector: " + collector(pid)).orElseGet(() -> commandLine(pid)));
        }
    }

    /**
     * Returns the flags, except for those for access to modules, which are long, always the same, and do not affect
     * speed.
     */
    static String flags(final String answer)
    {
        final Matcher arguments = ARGUMENTS.matcher(answer);
        final String flags = arguments.find() ? OF_MODULES.matcher(arguments.group(1)).replaceAll("").strip() : "";
        return flags.isEmpty() ? "no flags" : flags;
    }

    private static String collector(final long pid)
    {
        final Optional<String> flags = ProcessFigures.jcmd(pid, "VM.flags");
        final Matcher collector = COLLECTOR.matcher(flags.orElse(""));
        return collector.find() ? collector.group(1) : "unknown";
    }

    /** Returns the command line up to the class path, for machines without a JDK. */
    private static String commandLine(final long pid)
    {
        final List<String> words = new ArrayList<>(List.of(ProcessFigures.lines(pid, "cmdline").split("\0", -1)));
        final int classPath = words.indexOf("-cp");
        return String.join(" ", classPath < 0 ? words : words.subList(0, classPath));
    }
}
