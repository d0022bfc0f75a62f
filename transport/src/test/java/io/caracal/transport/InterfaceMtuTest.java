/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceMtuTest
{
    @ParameterizedTest
    @CsvSource({ "500, 576", "1280, 1216", "1400, 1344", "1455, 1376",
        "1456, 1408", "1500, 1408", "8239, 1408", "8240, 8192", "9000, 8192", "9001, 8192", "65536, 8192" })
    void shouldUseJumboFramesOnlyWhereTheyFit(final int interfaceMtu, final int payloadLength)
    {
        assertEquals(payloadLength, InterfaceMtu.payloadLength(interfaceMtu));
    }

    @Test
    void shouldAskTheInterfaceOfAnAddress() throws SocketException
    {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        assertEquals(InterfaceMtu.payloadLength(NetworkInterface.getByInetAddress(loopback).getMTU()),
            InterfaceMtu.payloadLength(loopback));
    }

    @Test
    void shouldAssumeTheLeastWhereTheInterfaceIsNotKnown() throws UnknownHostException
    {
        assertEquals(InterfaceMtu.COMMON_LENGTH, InterfaceMtu.payloadLength(InetAddress.getByName("0.0.0.0")));
        assertEquals(InterfaceMtu.COMMON_LENGTH, InterfaceMtu.payloadLength(InetAddress.getByName("192.0.2.1")));
    }
}
