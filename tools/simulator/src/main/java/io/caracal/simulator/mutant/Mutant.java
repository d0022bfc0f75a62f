/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A planted bug, as a text file: what rule it breaks, how it is found, and edits of source files, each of which finds a
 * text that stands there exactly once and puts another in its place. What stands before the rule is a note.
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
 * In place of scenario, seeds and found, {@code test: a.b.SomeTest shouldDoSomething} names a test that must fail.
 *
 * @param name     of the file, without its ending.
 * @param rule     that it breaks.
 * @param seedsMax seeds within which it must be found.
 * @param found    first seed that found it when somebody looked last, 0 when nobody has.
 * @param scenario in which it is hunted, by its name.
 * @param tests    that must fail, each as the name of a class, of a method, and maybe of a file for it; empty for a
 *                 mutant that is hunted.
 * @param edits    of sources.
 */
public record Mutant(String name, String rule, int seedsMax, int found, String scenario, List<String> tests,
    List<Edit> edits)
{
    private static final String ENDING = ".mutant";

    /**
     * A change of one file.
     *
     * @param file        below a source root.
     * @param found       text that stands there once.
     * @param replacement text in its place.
     */
    public record Edit(String file, String found, String replacement)
    {
    }

    /**
     * Reads all mutants of a directory.
     *
     * @param directory with files of them.
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
                mutants.add(MutantText.read(name.substring(0, name.length() - ENDING.length()), Files.readAllLines(
                    file)));
            }

            return mutants;
        }
    }

    /** The same with nothing planted. */
    Mutant without()
    {
        return new Mutant(name, rule, seedsMax, found, scenario, tests, List.of());
    }
}
