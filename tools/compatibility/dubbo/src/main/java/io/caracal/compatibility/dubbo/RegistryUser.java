/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.dubbo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.registry.RegistryFactory;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * Main class: registers a provider, subscribes a consumer and removes the provider. Prints "passed ..." when the
 * consumer saw it all.
 */
public final class RegistryUser
{
    private static final long TIMEOUT_S = 60;

    private RegistryUser()
    {
    }

    /**
     * Runs all parts.
     *
     * @param arguments host and port of the server under test
     */
    public static void main(final String[] arguments)
    {
        final ApplicationModel model = ApplicationModel.defaultModel();
        final URL address = URL.valueOf("zookeeper://" + arguments[0] + "?timeout=20000").setScopeModel(model);
        final RegistryFactory factory = model.getExtensionLoader(RegistryFactory.class).getAdaptiveExtension();
        final Registry providing = factory.getRegistry(address.addParameter("namespace", "one"));
        final URL provider = URL.valueOf("dubbo://127.0.0.1:20880/io.caracal.Printing?version=1.0&category=providers")
            .setScopeModel(model);
        final URL consumer =
            URL.valueOf("consumer://127.0.0.1/io.caracal.Printing?version=1.0&category=providers&check=false")
                .setScopeModel(model);
        final List<List<URL>> notifications = new ArrayList<>();

        providing.register(provider);
        await("lookup", () -> providing.lookup(consumer).size() == 1);
        providing.subscribe(consumer, urls ->
        {
            synchronized (notifications)
            {
                notifications.add(urls);
            }
        });
        await("subscribe", () -> latest(notifications).equals("dubbo"));
        providing.unregister(provider);
        await("unregister", () -> latest(notifications).equals("empty"));
        providing.register(provider);
        await("register again", () -> latest(notifications).equals("dubbo"));
        providing.destroy();
        System.out.println("passed destroy");
        model.destroy();
    }

    private static String latest(final List<List<URL>> notifications)
    {
        synchronized (notifications)
        {
            return notifications.isEmpty() ? "" : notifications.get(notifications.size() - 1).get(0).getProtocol();
        }
    }

    /** A condition on what the registry reports. */
    @FunctionalInterface
    private interface Condition
    {
        boolean holds();
    }

    private static void await(final String what, final Condition condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);

        while (!condition.holds())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new IllegalStateException("not in time: " + what);
            }

            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }

        System.out.println("passed " + what);
    }
}
