/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.format.MessageHeaderDecoder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells the message that a file is made for from that of another file, which somebody may have copied over it. */
final class StoredMessage
{
    private StoredMessage()
    {
    }

    /**
     * Checks what message the contents begin with.
     *
     * @param file       that holds them.
     * @param contents   whole, as their checksum says; null when nothing was ever written.
     * @param templateId of the expected message.
     * @throws CorruptionException when they begin with another message, or with none.
     */
    static void check(final Path file, final byte[] contents, final int templateId)
    {
        if (contents == null)
        {
            return;
        }

        if (contents.length >= MessageHeaderDecoder.ENCODED_LENGTH)
        {
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(new UnsafeBuffer(contents), 0);
            if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && header.templateId() == templateId)
            {
                return;
            }
        }

        throw Corruption.at(file, 0, "holds what belongs in another file");
    }
}
