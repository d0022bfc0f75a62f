/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.metrics.LatencyFigures;

/** Renders the words that describe the server: srvr, stat, conf, dirs. */
final class ServerText
{
    private final WordFacts facts;

    ServerText(final WordFacts facts)
    {
        this.facts = facts;
    }

    StringBuilder version(final StringBuilder out)
    {
        return out.append("Zookeeper version: ").append(facts.version()).append('\n');
    }

    void figures(final StringBuilder out, final ServerStatus status)
    {
        final LatencyFigures latency = facts.metrics().requests();
        line(out, "Latency min/avg/max: ", latency.minMs() + "/" + latency.meanMs() + "/" + latency.maxMs());
        line(out, "Received: ", facts.metrics().packetsReceived());
        line(out, "Sent: ", facts.metrics().packetsSent());
        line(out, "Connections: ", facts.metrics().openConnections());
        line(out, "Outstanding: ", status.outstanding());
        line(out, "Zxid: ", "0x" + Long.toHexString(status.zxid()));
        line(out, "Mode: ", status.mode());
        line(out, "Node count: ", status.znodes());
    }

    void configuration(final StringBuilder out)
    {
        final Settings settings = facts.settings();
        line(out, "clientPort=", facts.clientPort().getAsInt());
        line(out, "secureClientPort=", -1);
        line(out, "dataDir=", facts.dataDir());
        line(out, "dataDirSize=", DirectorySize.of(facts.dataDir()));
        line(out, "dataLogDir=", facts.dataLogDir());
        line(out, "dataLogSize=", DirectorySize.of(facts.dataLogDir()));
        line(out, "tickTime=", settings.text(ServerProperty.TICK_TIME));
        line(out, "maxClientCnxns=", settings.text(ServerProperty.MAX_CLIENT_CNXNS));
        line(out, "minSessionTimeout=", settings.minSessionTimeoutMs());
        line(out, "maxSessionTimeout=", settings.maxSessionTimeoutMs());
        line(out, "clientPortListenBacklog=", settings.text(ServerProperty.CLIENT_PORT_LISTEN_BACKLOG));
        line(out, "serverId=", facts.serverId());
    }

    void directories(final StringBuilder out)
    {
        line(out, "datadir_size: ", DirectorySize.of(facts.dataDir()));
        line(out, "logdir_size: ", DirectorySize.of(facts.dataLogDir()));
    }

    private static void line(final StringBuilder out, final String label, final Object value)
    {
        out.append(label).append(value).append('\n');
    }
}
