/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.List;

/** Assigns each server a color, the same in every plot of a page. */
final class Palette
{
    private static final int COLORS = 6;

    private final List<String> servers;

    Palette(final List<String> servers)
    {
        this.servers = List.copyOf(servers);
    }

    /** Returns the style class of a server's lines and bars. */
    String of(final String server)
    {
        return "c" + Math.floorMod(place(server), COLORS);
    }

    /** Returns the position of a server among the others. */
    int place(final String server)
    {
        return servers.indexOf(server);
    }

    void legend(final Markup out, final List<String> shown)
    {
        out.open("p", "class", "legend");
        for (final String server : shown)
        {
            out.open("span").leaf("i", "", "class", of(server)).text(server).close();
        }
        out.close();
    }
}
