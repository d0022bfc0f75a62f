/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import io.caracal.server.admin.AdminFacts;
import io.caracal.server.admin.NoAnswerException;
import io.caracal.server.admin.Probes;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.http.HttpDoor;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Answers {@code GET /metrics} in the format that the scraper asks for: text, OpenMetrics, or protobuf. Only protobuf
 * carries native histograms.
 */
public final class PrometheusServer implements AutoCloseable
{
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpDoor door;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final boolean tellsJvm;
    private final ExpositionFormats formats = ExpositionFormats.init(PrometheusProperties.get()
        .getExporterProperties());

    /**
     * Figures of the JVM, registered once for all servers in it. The library listens to the garbage collectors as long
     * as the process lives, and never forgets a registry that it has filled.
     */
    private static final class Jvm
    {
        private static final PrometheusRegistry REGISTRY = filled();

        private static PrometheusRegistry filled()
        {
            final PrometheusRegistry filled = new PrometheusRegistry();
            JvmMetrics.builder().register(filled);
            filled.register(new OlderJvmNames());
            return filled;
        }
    }

    /**
     * Binds the port. Requests are answered after {@link #open}.
     *
     * @param address to listen on.
     * @param facts   source of the figures.
     * @throws IOException when the address cannot be bound.
     */
    public PrometheusServer(final InetSocketAddress address, final AdminFacts facts) throws IOException
    {
        final Settings settings = facts.words().settings();
        registry.register(new ServerCollector(facts));
        tellsJvm = settings.flag(ServerProperty.METRICS_JVM);
        door = new HttpDoor("caracal-metrics", address, settings.integer(ServerProperty.ADMIN_IDLE_TIMEOUT))
            .page("/metrics", this::scrape);
        Probes.on(door, facts);
    }

    private Reply scrape(final Request request) throws IOException
    {
        if (!"GET".equals(request.method()) && !"HEAD".equals(request.method()))
        {
            return Reply.text(METHOD_NOT_ALLOWED, "GET or HEAD\n").header("Allow", "GET, HEAD");
        }

        final ExpositionFormatWriter writer = formats.findWriter(request.header("Accept"));
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        try
        {
            writer.write(body, figures());
        }
        catch (final NoAnswerException ex)
        {
            return Reply.text(UNAVAILABLE, ex.getMessage() + "\n");
        }

        return Reply.of(OK, writer.getContentType(), body.toByteArray());
    }

    private MetricSnapshots figures()
    {
        final MetricSnapshots.Builder all = MetricSnapshots.builder();
        registry.scrape().forEach(all::metricSnapshot);
        if (tellsJvm)
        {
            Jvm.REGISTRY.scrape().forEach(all::metricSnapshot);
        }

        return all.build();
    }

    /** Starts to answer requests. */
    public void open()
    {
        door.open();
    }

    /**
     * Returns the address on which the server listens.
     *
     * @return the address as bound.
     */
    public InetSocketAddress address()
    {
        return door.address();
    }

    @Override
    public void close()
    {
        door.close();
    }
}
