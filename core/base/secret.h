// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace base {

/// Bytes that must not be seen: move-only, wiped when done with, and without a way to print them.
class Secret {
public:
    Secret() = default;
    /// Takes a copy of `bytes`; the caller wipes its own (see wipe()).
    explicit Secret(QByteArrayView bytes);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    /// A second copy, where two owners are really needed.
    [[nodiscard]] Secret clone() const { return Secret(view()); }
    /// The bytes, valid as long as this object is.
    QByteArrayView view() const { return QByteArrayView(m_bytes.constData(), m_bytes.size()); }
    bool isEmpty() const { return m_bytes.isEmpty(); }
    qsizetype size() const { return m_bytes.size(); }

    /// Compares in constant time for equal lengths.
    friend bool operator==(const Secret& left, const Secret& right);

private:
    QByteArray m_bytes; // never shared: deep copy in, moved only
};

/// Overwrites the bytes of a buffer in a way that the compiler may not leave out, and empties it.
void wipe(QByteArray& bytes);

} // namespace base
