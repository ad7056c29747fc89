// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QVariantMap>

namespace ui {

/// What a window remembers for the next time, as widths of columns and what was chosen last, in an INI file of its own.
/// Reading and changing it waits for no disk: the file is read at birth, and written by another thread.
class Preferences : public QObject {
    Q_OBJECT

public:
    explicit Preferences(QString path, QObject* parent = nullptr);
    /// Waits until everything is in the file.
    ~Preferences() override;

    QVariant value(const QString& key, const QVariant& otherwise = {}) const { return m_values.value(key, otherwise); }
    bool contains(const QString& key) const { return m_values.contains(key); }
    void setValue(const QString& key, const QVariant& value);

private:
    void write();

    QString m_path;
    QVariantMap m_values;
    QVariantMap m_unwritten;
    bool m_writing = false;
    QThreadPool m_writer;
};

} // namespace ui
