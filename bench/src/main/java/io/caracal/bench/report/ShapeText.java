/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run says of a shape, taken apart: what it measures, and the commands that repeat it.
 *
 * @param what     it measures.
 * @param commands by what each of them repeats.
 */
public record ShapeText(String what, Map<String, String> commands)
{
    private static final Pattern COMMAND = Pattern.compile("; (by hand|again): (caracal [^;]*)");

    /**
     * Takes a text apart.
     *
     * @param text of a shape, as it stands in {@link Run#shapes()}.
     * @return its parts; no commands where there are none.
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
