/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import io.caracal.simulator.mutant.Mutant.Edit;
import java.util.ArrayList;
import java.util.List;

/** Reads the file of a {@link Mutant}, line by line. */
final class MutantText
{
    private static final String SEPARATOR = ": ";

    private final List<Edit> edits = new ArrayList<>();
    private final List<String> tests = new ArrayList<>();
    private String scenario = "ANYTHING";
    private String rule = "";
    private String file = "";
    private int seedsMax;
    private int foundBy;
    private StringBuilder found;
    private StringBuilder replacement;

    private MutantText()
    {
    }

    /**
     * Reads a mutant.
     *
     * @param name  of the mutant.
     * @param lines of the file.
     * @return the mutant that they describe.
     */
    static Mutant read(final String name, final List<String> lines)
    {
        final MutantText text = new MutantText();
        lines.forEach(text::onLine);

        return new Mutant(name, text.rule, text.seedsMax, text.foundBy, text.scenario, text.tests, text.edits);
    }

    private void onLine(final String line)
    {
        switch (line)
        {
            case "<<<<" -> found = new StringBuilder();
            case "====" -> replacement = new StringBuilder();
            case ">>>>" -> endEdit();
            default -> onText(line);
        }
    }

    private void endEdit()
    {
        edits.add(new Edit(file, String.valueOf(found), String.valueOf(replacement)));
        found = null;
        replacement = null;
    }

    private void onText(final String line)
    {
        final StringBuilder part = replacement == null ? found : replacement;
        if (part == null)
        {
            onValue(line);
        }
        else
        {
            part.append(line).append('\n');
        }
    }

    /** Reads a line outside of an edit. A line without a known key is part of a note. */
    private void onValue(final String line)
    {
        final int separator = line.indexOf(SEPARATOR);
        final String key = separator < 0 ? "" : line.substring(0, separator);
        final String value = line.substring(separator < 0 ? 0 : separator + SEPARATOR.length());
        switch (key)
        {
            case "rule" -> rule = value;
            case "seeds" -> seedsMax = Integer.parseInt(value);
            case "found" -> foundBy = Integer.parseInt(value);
            case "scenario" -> scenario = value;
            case "test" -> tests.add(value);
            case "file" -> file = value;
            default -> {
                // A note.
            }
        }
    }
}
