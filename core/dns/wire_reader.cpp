// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_reader.h"

#include <QtEndian>

namespace dns {
namespace {

constexpr qsizetype countsAt = 4;
constexpr quint8 pointer = 0xc0;

} // namespace

QByteArrayView WireReader::take(qsizetype count)
{
    if (m_failed || count > m_message.size() - m_position) {
        m_failed = true;
        return {};
    }
    const QByteArrayView taken = m_message.sliced(m_position, count);
    m_position += count;
    return taken;
}

void WireReader::skip(qsizetype count)
{
    take(count);
}

QByteArray WireReader::bytes(qsizetype count)
{
    return take(count).toByteArray();
}

quint16 WireReader::number16()
{
    const QByteArrayView taken = take(sizeof(quint16));
    return taken.isEmpty() ? quint16 {0} : qFromBigEndian<quint16>(taken.data());
}

quint64 WireReader::number48()
{
    const quint64 high = number16();
    const quint64 middle = number16();
    return high << 32 | middle << 16 | number16();
}

QString WireReader::name()
{
    QByteArray text;
    for (;;) {
        const QByteArrayView length = take(1);
        if (length.isEmpty() || length.front() == 0)
            break;
        if (static_cast<quint8>(length.front()) & pointer) {
            m_failed = true;
            break;
        }
        text += (text.isEmpty() ? "" : ".") + take(length.front()).toByteArray();
    }
    return QString::fromLatin1(text).toLower();
}

void WireReader::skipName()
{
    for (;;) {
        const QByteArrayView length = take(1);
        if (length.isEmpty() || length.front() == 0)
            return;
        const auto size = static_cast<quint8>(length.front());
        if (size & pointer)
            return skip(1);
        skip(size);
    }
}

bool WireReader::skipToLastRecord()
{
    skip(countsAt);
    const int questions = number16();
    int records = number16();
    records += number16();
    records += number16();
    for (int i = 0; i < questions && !m_failed; ++i) {
        skipName();
        skip(2 * sizeof(quint16));
    }
    for (int i = 1; i < records && !m_failed; ++i) {
        skipName();
        skip(2 * sizeof(quint16) + sizeof(quint32));
        skip(number16());
    }
    return records > 0 && !m_failed;
}

} // namespace dns
