// SPDX-License-Identifier: Apache-2.0
#include "http/one_shot_body.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace http {

OneShotBody::OneShotBody(QByteArray body, QObject* parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const
{
    return m_body.size() - m_position;
}

qint64 OneShotBody::readData(char* data, qint64 size)
{
    const qint64 count = std::min<qint64>(size, bytesAvailable());
    if (count == 0)
        return -1;
    std::memcpy(data, m_body.constData() + m_position, static_cast<std::size_t>(count));
    m_position += count;
    return count;
}

qint64 OneShotBody::writeData(const char*, qint64)
{
    return -1;
}

} // namespace http
