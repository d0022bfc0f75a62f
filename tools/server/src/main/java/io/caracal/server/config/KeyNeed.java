/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A key that has no effect unless another key has a suitable value. People who set only the first key may expect an
 * effect that never comes, so findings and {@code caracal config --explain} mention it.
 *
 * @param key   that has no effect by itself.
 * @param other that decides whether the key has an effect.
 * @param text  what the other key must be, for people.
 * @param isMet whether the other key has a suitable value.
 */
record KeyNeed(ServerProperty key, ServerProperty other, String text, Predicate<Settings> isMet)
{
    private static final List<KeyNeed> ALL = Stream.of(
        flag(ServerProperty.EXTENDED_TYPES, ServerProperty.EMULATE_353_TTL),
        flag(ServerProperty.ENFORCE_AUTH, ServerProperty.ENFORCE_SCHEMES),
        flag(ServerProperty.DIGEST_SCHEME, ServerProperty.DIGEST_ALGORITHM, ServerProperty.SUPER_DIGEST),
        flag(ServerProperty.ADMIN_ENABLE, ServerProperty.ADMIN_ADDRESS, ServerProperty.ADMIN_PORT,
            ServerProperty.ADMIN_IDLE_TIMEOUT, ServerProperty.ADMIN_COMMAND_URL, ServerProperty.ADMIN_SNAPSHOT,
            ServerProperty.ADMIN_RESTORE, ServerProperty.ADMIN_RATE_LIMITER),
        positive(ServerProperty.LARGE_REQUEST_THRESHOLD, ServerProperty.LARGE_REQUEST_MAX_BYTES),
        positive(ServerProperty.PURGE_INTERVAL, ServerProperty.PURGE_RETAIN),
        positive(ServerProperty.CONNECTION_TOKENS, ServerProperty.CONNECTION_FILL_TIME,
            ServerProperty.CONNECTION_FILL_COUNT, ServerProperty.CONNECTION_FREEZE_TIME,
            ServerProperty.CONNECTION_WEIGHTS),
        all(ServerProperty.CONNECTION_FREEZE_TIME, "connection_throttle_freeze_time of 0 or more",
            settings -> settings.integer(ServerProperty.CONNECTION_FREEZE_TIME) >= 0,
            ServerProperty.CONNECTION_DROP_INCREASE, ServerProperty.CONNECTION_DROP_DECREASE,
            ServerProperty.CONNECTION_DECREASE_RATIO),
        flag(ServerProperty.CONNECTION_WEIGHTS, ServerProperty.CONNECTION_WEIGHT_GLOBAL,
            ServerProperty.CONNECTION_WEIGHT_RENEW, ServerProperty.CONNECTION_WEIGHT_LOCAL),
        all(ServerProperty.METRICS_PROVIDER, "metricsProvider.className=" + MetricsProvider.PROMETHEUS +
            " or a metricsProvider.httpPort", MetricsProvider::opensPort, ServerProperty.METRICS_HTTP_HOST,
            ServerProperty.METRICS_JVM),
        all(ServerProperty.SERVERS, "server.N lines", settings -> !settings.numbered(ServerProperty.SERVERS).isEmpty(),
            ServerProperty.STANDALONE_ENABLED, ServerProperty.PEER_TYPE, ServerProperty.QUORUM_LISTEN_ALL,
            ServerProperty.PORT_ATTEMPTS, ServerProperty.PEER_HEARTBEAT, ServerProperty.PEER_TIMEOUT))
        .flatMap(needs -> needs).toList();

    /** Returns the unmet needs of a key; empty when the key takes effect. */
    static List<KeyNeed> unmet(final ServerProperty key, final Settings settings)
    {
        return of(key).stream().filter(need -> !need.isMet.test(settings)).toList();
    }

    /** Returns all needs of a key. */
    static List<KeyNeed> of(final ServerProperty key)
    {
        return ALL.stream().filter(need -> need.key == key).toList();
    }

    private static Stream<KeyNeed> flag(final ServerProperty other, final ServerProperty... keys)
    {
        return all(other, other.key() + "=true", settings -> settings.flag(other), keys);
    }

    private static Stream<KeyNeed> positive(final ServerProperty other, final ServerProperty... keys)
    {
        return all(other, "a " + other.key() + " above 0", settings -> settings.integer(other) > 0, keys);
    }

    private static Stream<KeyNeed> all(final ServerProperty other, final String text,
        final Predicate<Settings> isMet, final ServerProperty... keys)
    {
        return Arrays.stream(keys).map(key -> new KeyNeed(key, other, text, isMet));
    }
}
