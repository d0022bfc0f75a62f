/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import java.util.regex.Pattern;

/** Masks what differs from run to run: times, zxids, session ids, ports, versions. */
final class Mask
{
    private static final Pattern TIME = Pattern.compile("^([cm]time) = .*$");
    private static final Pattern ZXID = Pattern.compile("^([cmp]Zxid|ephemeralOwner) = 0x[1-9a-f][0-9a-f]*$");
    private static final Pattern EVENT = Pattern.compile("zxid: [0-9]+$");
    private static final Pattern VERSION = Pattern.compile("^(.* version:) [0-9f].*$");
    private static final Pattern SERVER = Pattern.compile("127\\.0\\.0\\.1:[0-9]+");

    private Mask()
    {
    }

    static String of(final String line)
    {
        String masked = TIME.matcher(line).replaceAll("$1 = <time>");
        masked = ZXID.matcher(masked).replaceAll("$1 = 0x<id>");
        masked = EVENT.matcher(masked).replaceAll("zxid: <zxid>");
        masked = VERSION.matcher(masked).replaceAll("$1 <version>");
        return SERVER.matcher(masked).replaceAll("<server>");
    }
}
