/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of the description of a shape: what it measures, and the commands that repeat it.
 *
 * @param what     what the shape measures.
 * @param commands commands, by what each of them repeats.
 */
public record ShapeText(String what, Map<String, String> commands)
{
    private static final Pattern COMMAND = Pattern.compile("; (by hand|again): (caracal [^;]*)");

    /**
     * Splits a description into its parts.
     *
     * @param text description of a shape, as in {@link Run#shapes()}.
     * @return its parts; without commands if the text has none.
     */
    public static ShapeText of(final String text)
    {
        final Map<String, String> commands = new LinkedHashMap<>();
        final Matcher matcher = COMMAND.matcher(text);
        while (matcher.find())
        {
            commands.put(matcher.group(1), matcher.group(2));
        }

        return new ShapeText(matcher.reset().replaceAll(""), commands);
    }
}
