/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real file system until a process would be killed: from then on nothing reaches it any more. Which call it is does
 * not matter, so all go through one place.
 */
final class FailingDisk
{
    private final RealFileSystem real = new RealFileSystem();
    private final FileSystemCalls calls;
    private final AtomicInteger left;

    FailingDisk(final int callsMax)
    {
        left = new AtomicInteger(callsMax);
        final Class<?>[] types = { FileSystemCalls.class };
        calls = (FileSystemCalls)Proxy.newProxyInstance(FileSystemCalls.class.getClassLoader(), types,
            (proxy, method, arguments) -> call(method, arguments));
    }

    FileSystemCalls calls()
    {
        return calls;
    }

    boolean hasFailed()
    {
        return left.get() < 0;
    }

    private Object call(final Method method, final Object[] arguments) throws Throwable
    {
        if (left.decrementAndGet() < 0)
        {
            throw new IOException("killed");
        }

        try
        {
            return method.invoke(real, arguments);
        }
        catch (final InvocationTargetException ex)
        {
            throw ex.getCause();
        }
    }
}
