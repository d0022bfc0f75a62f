/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.engine.port.ClientPort;
import io.caracal.simulator.contract.ClientPortContract;
import io.caracal.simulator.contract.ClientPortFixture;
import org.agrona.concurrent.UnsafeBuffer;

class SimulatedClientPortTest extends ClientPortContract
{
    @Override
    protected ClientPortFixture open(final int frameLengthMax, final int outboundMax)
    {
        return new Fixture(new SimulatedClientPort(frameLengthMax, outboundMax));
    }

    private static final class Fixture implements ClientPortFixture
    {
        private final SimulatedClientPort port;
        private int lastPort = 1024;

        Fixture(final SimulatedClientPort port)
        {
            this.port = port;
        }

        @Override
        public ClientPort port()
        {
            return port;
        }

        @Override
        public Client connect()
        {
            final SimulatedClient client = port.connect(new byte[]{ 127, 0, 0, 1 }, ++lastPort);
            client.isReading(false);

            return new FixtureClient(client);
        }

        @Override
        public void close()
        {
        }
    }

    private static final class FixtureClient implements ClientPortFixture.Client
    {
        private final SimulatedClient client;

        FixtureClient(final SimulatedClient client)
        {
            this.client = client;
        }

        @Override
        public int send(final byte[] bytes, final int offset, final int length)
        {
            client.send(new UnsafeBuffer(bytes), offset, length);

            return length;
        }

        @Override
        public byte[] receive()
        {
            client.isReading(true);

            return client.receive();
        }

        @Override
        public boolean isEnded()
        {
            return client.isEnded();
        }

        @Override
        public void disconnect()
        {
            client.disconnect();
        }
    }
}
