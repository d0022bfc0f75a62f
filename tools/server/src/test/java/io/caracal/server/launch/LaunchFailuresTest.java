/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** What a failed start says, and with which code the process ends. */
class LaunchFailuresTest
{
    /** The JDK's exception has no message. */
    @Test
    void shouldSayThatAProcessWithoutIpv6CannotHaveSuchAnAddress()
    {
        final LaunchException said = said(new UnsupportedAddressTypeException());

        assertEquals(ExitCode.INVALID_INVOCATION, said.exitCode());
        assertTrue(said.getMessage().contains("set an address of IPv4"), said.getMessage());
    }

    @Test
    void shouldSayHowToGetBackDataThatAnotherUserOwns()
    {
        final LaunchException said =
            said(new UncheckedIOException(new AccessDeniedException("/data/caracal-1/log/segment")));

        assertEquals(ExitCode.DATA, said.exitCode());
        assertTrue(said.getMessage().endsWith("chown -R " + ProcessUser.name() + " /data/caracal-1"),
            said.getMessage());
    }

    /** The threads of the journal report the failure as it is. */
    @Test
    void shouldSayTheSameOfAFailureThatAThreadOfTheJournalMet()
    {
        final LaunchException denied = said(new AccessDeniedException("/data/caracal-1/segments/0000000003-5"));
        final LaunchException failed =
            said(new FileSystemException("/data/caracal-1/epochs", null, "Input/output error"));

        assertEquals(ExitCode.DATA, denied.exitCode());
        assertTrue(denied.getMessage().endsWith("chown -R " + ProcessUser.name() + " /data/caracal-1"),
            denied.getMessage());
        assertEquals(ExitCode.DATA, failed.exitCode());
        assertTrue(failed.getMessage().contains("/data/caracal-1/epochs: Input/output error"), failed.getMessage());
    }

    @Test
    void shouldKeepTheInterruptOfAStart()
    {
        final LaunchException said = said(new InterruptedException());

        assertTrue(Thread.interrupted());
        assertEquals("the start was interrupted", said.getMessage());
    }

    private static LaunchException said(final Throwable cause)
    {
        return assertInstanceOf(LaunchException.class, LaunchFailures.of(cause));
    }
}
