/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.Finding.Severity.REFUSE;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that each line is in the right one of two files, as ZooKeeper does: the file that {@code dynamicConfigFile}
 * names holds all lines about members, and nothing else.
 */
final class DynamicFileCheck
{
    private static final Pattern ABOUT_MEMBERS = Pattern.compile("(server|group|weight)\\..*");
    /** A copy of {@code /zookeeper/config} has it. */
    private static final String VERSION = "version";
    private static final String KEY = ServerProperty.DYNAMIC_CONFIG_FILE.key();

    private DynamicFileCheck()
    {
    }

    /** Returns what is in the wrong file, or missing. */
    static List<Finding> findings(final List<CfgLine> zooCfg, final List<CfgLine> dynamicFile)
    {
        final Stream<Finding> strangers =
            dynamicFile.stream().filter(line -> !isAboutMembers(line) && !VERSION.equals(line.key()))
                .map(line -> refusal(line, "the file that " + KEY + " names holds lines server.N only; move " +
                    line.key() + " to the other file"));
        final Stream<Finding> strays = zooCfg.stream().filter(DynamicFileCheck::isAboutMembers)
            .map(line -> refusal(line, line.key() + " stands beside " + KEY +
                ", which names the file of all server lines; move it there, or remove one of them"));
        // An empty file, as after a full disk, must not make a member a server alone.
        final Stream<Finding> nobody = zooCfg.stream().filter(
            line -> KEY.equals(line.key()) && dynamicFile.stream().noneMatch(DynamicFileCheck::isAboutMembers))
            .map(line -> refusal(line, KEY + "=" + line.value() + " has no line server.N; write the lines of all" +
                " servers into it, or remove this line for a server alone"));
        return Stream.of(strangers, strays, nobody).flatMap(findings -> findings).toList();
    }

    private static boolean isAboutMembers(final CfgLine line)
    {
        return ABOUT_MEMBERS.matcher(line.key()).matches();
    }

    private static Finding refusal(final CfgLine line, final String message)
    {
        return new Finding(REFUSE, line.where(), message);
    }
}
