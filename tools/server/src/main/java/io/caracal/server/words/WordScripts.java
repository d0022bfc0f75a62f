/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.DigestRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.WatchSummaryDecoder;
import io.caracal.engine.port.OperatorQuery;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/** Defines of which sections the answer to each word consists. */
final class WordScripts
{
    private final OperatorBridge bridge;
    private final WordFacts facts;
    private final NanoClock clock;
    private final EnvironmentText environment;
    private final MonitorText monitor;
    private final ServerText server;
    private final EnsembleText ensemble;

    WordScripts(final OperatorBridge bridge, final WordFacts facts, final NanoClock clock)
    {
        this.bridge = bridge;
        this.facts = facts;
        this.clock = clock;
        this.environment = new EnvironmentText(facts.version());
        this.monitor = new MonitorText(facts, clock);
        this.server = new ServerText(facts);
        this.ensemble = new EnsembleText(facts);
    }

    void write(final WordAnswer answer, final Word word, final long argument, final InetSocketAddress remote)
    {
        if (!facts.allows(word))
        {
            answer.add(text(out -> out.append(word.letters())
                .append(" is not executed because it is not in the whitelist.\n")));
            return;
        }

        switch (word)
        {
            case RUOK -> answer.add(text(out -> out.append("imok")));
            case GTMK -> answer.add(text(out -> out.append(facts.traceMask().get())));
            case STMK -> answer.add(text(out ->
            {
                facts.traceMask().set(argument);
                out.append(argument);
            }));
            case ENVI -> answer.add(text(environment::write));
            case ISRO -> answer.afterStatus(bridge,
                status -> List.of(text(out -> out.append(status.isServing() ? "rw" : "null"))));
            default -> answer.afterStatus(bridge, status -> sections(word,
                facts.membership().isEnsemble() ? status.inEnsemble() : status, remote));
        }
    }

    private List<Section> sections(final Word word, final ServerStatus status, final InetSocketAddress remote)
    {
        return switch (word)
        {
            case CRST -> List.of(query(OperatorQuery.RESET_CONNECTIONS, WordScripts::nothing),
                text(out -> out.append("Connection stats reset.\n")));
            case SRST -> List.of(text(out ->
            {
                facts.metrics().reset();
                out.append("Server stats reset.\n");
            }));
            case DIRS -> List.of(text(server::directories));
            case CONF ->
                facts.membership().isEnsemble() ? List.of(text(server::configuration), text(ensemble::configuration),
                    query(OperatorQuery.CONFIG, EnsembleText::members)) : List.of(text(server::configuration));
            case SRVR -> List.of(text(out -> server.version(out)), text(out -> server.figures(out, status)),
                text(out -> ensemble.proposals(out, status)));
            case STAT -> List.of(text(out -> server.version(out).append("Clients:\n")), connections(false),
                text(out -> ConnectionText.asking(out, remote).append('\n')), text(out -> server.figures(out, status)),
                text(out -> ensemble.proposals(out, status)));
            case CONS -> List.of(connections(true), text(out -> ConnectionText.asking(out, remote).append('\n')));
            case WCHS -> List.of(query(OperatorQuery.WATCH_SUMMARY, WordScripts::watchSummary));
            case WCHC -> List.of(query(OperatorQuery.WATCHES_BY_SESSION, new WatchText(true)::render),
                text(out -> out.append('\n')));
            case WCHP -> List.of(query(OperatorQuery.WATCHES_BY_PATH, new WatchText(false)::render),
                text(out -> out.append('\n')));
            case DUMP -> new DumpText(facts.settings(), clock, remote).sections(bridge, status.isLearner());
            case HASH -> List.of(query(OperatorQuery.DIGESTS, WordScripts::digest));
            case MNTR -> monitor(status);
            default -> throw new IllegalArgumentException(word.letters());
        };
    }

    private List<Section> monitor(final ServerStatus status)
    {
        final QuotaFigures quotas = new QuotaFigures();

        return List.of(query(OperatorQuery.QUOTAS, (out, buffer, offset) -> quotas.add(buffer, offset)),
            text(out -> monitor.write(out, status, quotas)));
    }

    private Section connections(final boolean isFull)
    {
        return query(OperatorQuery.CONNECTIONS, new ConnectionText(isFull)::render);
    }

    private Section query(final OperatorQuery query, final QuerySection.Renderer renderer)
    {
        return new QuerySection(bridge, query, renderer);
    }

    private static Section text(final Consumer<StringBuilder> writer)
    {
        return new TextSection(writer);
    }

    private static void nothing(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        // These queries have no records.
    }

    private static void watchSummary(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        final WatchSummaryDecoder record = new WatchSummaryDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        out.append(record.connections()).append(" connections watching ").append(record.paths())
            .append(" paths\nTotal watches:").append(record.watches()).append('\n');
    }

    private static void digest(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        final DigestRecordDecoder record = new DigestRecordDecoder().wrapAndApplyHeader(buffer, offset,
            new MessageHeaderDecoder());
        out.append(Long.toHexString(record.zxid())).append(": ").append(record.digest()).append('\n');
    }
}
