// SPDX-License-Identifier: Apache-2.0
#include "challenge/shared_responders.h"

#include "challenge/http01_responder.h"

namespace challenge {

std::shared_ptr<Http01Responder> SharedResponders::running(const ListenAddress& address) const
{
    return m_responders.value(address.toString()).lock();
}

base::Result<std::shared_ptr<Http01Responder>> SharedResponders::start(const ListenAddress& address)
{
    if (auto responder = running(address))
        return responder;
    auto responder = std::make_shared<Http01Responder>();
    if (auto listening = responder->listen(address); !listening)
        return base::failed(std::move(listening), u"opening the http-01 responder");
    m_responders.insert(address.toString(), responder);
    return responder;
}

} // namespace challenge
