/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The servers against which every suite can run. */
public enum ServerKind
{
    ZOOKEEPER("io.caracal.compatibility.ZooKeeperHost"),
    SHARED("io.caracal.compatibility.CaracalHost"),
    DEDICATED("io.caracal.compatibility.CaracalHost"),
    /** Three servers in one process. Clients use the members in turn. */
    ENSEMBLE("io.caracal.compatibility.EnsembleHost");

    private final String mainClass;

    ServerKind(final String mainClass)
    {
        this.mainClass = mainClass;
    }

    String mainClass()
    {
        return mainClass;
    }

    /** How many servers clients can choose from. */
    int size()
    {
        return this == ENSEMBLE ? EnsembleHost.SIZE : 1;
    }

    /** How many ports the servers need, those for clients first. */
    int ports()
    {
        return this == ENSEMBLE ? 3 * EnsembleHost.SIZE : 1;
    }

    public boolean isCaracal()
    {
        return this != ZOOKEEPER;
    }

    public ServerUnderTest launch()
    {
        return launch(new ServerSettings());
    }

    public ServerUnderTest launch(final ServerSettings settings)
    {
        final ServerSettings own = settings.copy();

        if (this == SHARED || this == DEDICATED)
        {
            own.with("threading", name().toLowerCase(Locale.ROOT));
        }

        if (isCaracal())
        {
            own.with("idle", System.getProperty("caracal.compatibility.idle", "block"));
        }

        return new ServerProcess(this, own);
    }

    /** The kinds selected by -Dcaracal.compatibility.servers, in the order of this enum. */
    public static List<ServerKind> asked()
    {
        final List<String> names = Texts.split(System.getProperty("caracal.compatibility.servers",
            "zookeeper,shared,dedicated,ensemble"), ',');
        final List<ServerKind> result = new ArrayList<>();

        for (final ServerKind kind : values())
        {
            if (names.contains(kind.name().toLowerCase(Locale.ROOT)))
            {
                result.add(kind);
            }
        }

        return result;
    }

    /** Those of {@link #asked()} that are a single server. */
    public static List<ServerKind> alone()
    {
        return asked().stream().filter(kind -> kind != ENSEMBLE).toList();
    }

    /** Those of {@link #alone()} that are Caracal. */
    public static List<ServerKind> caracals()
    {
        return alone().stream().filter(ServerKind::isCaracal).toList();
    }
}
