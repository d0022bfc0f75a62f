/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A planted bug, read from a text file. The file names the rule that the bug breaks and how the bug is found, and it
 * contains edits of source files. Each edit finds a text that occurs exactly once in its file, and replaces it. All
 * other lines are notes.
 *
 * <pre>
 * rule: Durable before acknowledged.
 * scenario: FORSAKEN
 * seeds: 20
 * found: 7
 * file: io/caracal/engine/node/Leading.java
 * &lt;&lt;&lt;&lt;
 * text to find
 * ====
 * text in its place
 * &gt;&gt;&gt;&gt;
 * </pre>
 *
 * Instead of scenario, seeds and found, {@code test: a.b.SomeTest shouldDoSomething} names a test that must fail.
 *
 * @param name     of the file, without the suffix.
 * @param rule     that the bug breaks.
 * @param seedsMax number of seeds within which the bug must be found.
 * @param found    first seed that found the bug in the last whole hunt, 0 when there was none.
 * @param scenario name of the scenario in which the bug is hunted.
 * @param tests    that must fail, each as the name of a class, of a method, and maybe of a file as its argument; empty
 *                 for a mutant that is hunted.
 * @param edits    of sources.
 */
public record Mutant(String name, String rule, int seedsMax, int found, String scenario, List<String> tests,
    List<Edit> edits)
{
    private static final String ENDING = ".mutant";

    /**
     * A change of one file.
     *
     * @param file        path below a source root.
     * @param found       text that occurs there exactly once.
     * @param replacement text that replaces it.
     */
    public record Edit(String file, String found, String replacement)
    {
    }

    /**
     * Reads all mutants of a directory.
     *
     * @param directory with mutant files.
     * @return ordered by name.
     * @throws IOException when it cannot be read.
     */
    public static List<Mutant> readAll(final Path directory) throws IOException
    {
        try (var files = Files.list(directory))
        {
            final List<Mutant> mutants = new ArrayList<>();

            for (final Path file : files.filter(path -> path.toString().endsWith(ENDING)).sorted().toList())
            {
                final String name = file.getFileName().toString();
                final String title = name.substring(0, name.length() - ENDING.length());
                mutants.add(MutantText.read(title, Files.readAllLines(file)));
            }

            return mutants;
        }
    }

    /** Returns the mutant without its edits. */
    Mutant without()
    {
        return new Mutant(name, rule, seedsMax, found, scenario, tests, List.of());
    }
}
