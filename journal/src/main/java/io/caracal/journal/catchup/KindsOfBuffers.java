/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import java.lang.invoke.MethodHandles;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Loads in advance the buffer classes that only reads for learners use. When a class is loaded that extends a class
 * with compiled users, all of their compiled code is discarded. A server whose log was empty at its start, and which is
 * asked for its history hours later, would then run its loop uncompiled for seconds. So these classes are loaded before
 * anything is compiled.
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
