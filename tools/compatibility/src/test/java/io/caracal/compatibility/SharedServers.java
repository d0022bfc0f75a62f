/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server of each kind with default settings, shared by all tests that do it no harm. Ended when all tests are over.
 */
public final class SharedServers implements BeforeAllCallback
{
    private static final Map<ServerKind, ServerUnderTest> RUNNING = new EnumMap<>(ServerKind.class);

    @Override
    public void beforeAll(final ExtensionContext context)
    {
        context.getRoot().getStore(ExtensionContext.Namespace.create(SharedServers.class)).computeIfAbsent("all",
            key -> (AutoCloseable)SharedServers::closeAll);
    }

    public static synchronized ServerUnderTest of(final ServerKind kind)
    {
        return RUNNING.computeIfAbsent(kind, ServerKind::launch);
    }

    private static synchronized void closeAll()
    {
        RUNNING.values().forEach(ServerUnderTest::close);
        RUNNING.clear();
    }
}
