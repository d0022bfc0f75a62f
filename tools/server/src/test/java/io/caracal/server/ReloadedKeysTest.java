/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.server.config.ServerProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The effect of each key that can be reloaded, as seen by clients of one running server: first with one value, then
 * with another. Each proof is an event that happens, or one that cannot happen before many other things have. Nothing
 * depends on how long something takes.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadedKeysTest
{
    @TempDir
    private static Path dir;
    private static ReloadedServer server;

    static Stream<KeyProof> rows()
    {
        return Stream.of(LimitKeys.rows(), ThrottleKeys.rows(), HousekeepingKeys.rows(), ReportKeys.rows())
            .flatMap(theme -> theme);
    }

    @BeforeAll
    static void launch() throws IOException
    {
        server = new ReloadedServer(dir);
    }

    @AfterAll
    static void close()
    {
        server.close();
    }

    @AfterEach
    void reset() throws IOException
    {
        server.reset();
    }

    /** One key more is proven by a log line: ServerMainTest sends the signal to a process and reads its log. */
    @Test
    void shouldHaveARowForEachKey()
    {
        final Set<ServerProperty> wanted = Arrays.stream(ServerProperty.values()).filter(ServerProperty::isReloadable)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ServerProperty.class)));
        wanted.remove(ServerProperty.FSYNC_WARNING);

        final Map<ServerProperty, KeyProof> rows = new EnumMap<>(ServerProperty.class);
        rows().forEach(row -> rows.put(row.key(), row));
        assertEquals(wanted, rows.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldActOnTheNewValue(final KeyProof row) throws IOException
    {
        row.proof().show(server);
    }
}
