/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import java.lang.invoke.MethodHandles;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Buffers that only reads for learners use. A class that extends one with compiled users throws away all of their code
 * when it is loaded: a server whose log was empty at its start, and is asked for its history hours later, would go
 * through its loop uncompiled for seconds then. So they are loaded before anything is compiled.
 */
final class KindsOfBuffers
{
    private KindsOfBuffers()
    {
    }

    static void load()
    {
        try
        {
            MethodHandles.lookup().ensureInitialized(ExpandableDirectByteBuffer.class);
        }
        catch (final IllegalAccessException ex)
        {
            throw new IllegalStateException("a public class cannot be loaded", ex);
        }
    }
}
