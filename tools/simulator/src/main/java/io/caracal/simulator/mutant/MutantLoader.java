/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Loads its own copies of Caracal's classes, some of which are replaced by mutated ones. */
final class MutantLoader extends ClassLoader
{
    private static final String OWN = "io.caracal.";

    private final Map<String, byte[]> mutated;

    MutantLoader(final Map<String, byte[]> mutated)
    {
        super(MutantLoader.class.getClassLoader());
        this.mutated = mutated;
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException
    {
        if (!name.startsWith(OWN))
        {
            return super.loadClass(name, resolve);
        }

        synchronized (getClassLoadingLock(name))
        {
            final Class<?> loaded = findLoadedClass(name);

            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(final String name) throws ClassNotFoundException
    {
        final byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);

        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(final String name) throws ClassNotFoundException
    {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class"))
        {
            if (in == null)
            {
                throw new ClassNotFoundException(name);
            }

            return in.readAllBytes();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
