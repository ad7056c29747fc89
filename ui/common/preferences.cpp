// SPDX-License-Identifier: Apache-2.0
#include "ui/common/preferences.h"

#include <QSettings>

#include <utility>

namespace ui {
namespace {

QVariantMap readPreferences(const QString& path)
{
    QVariantMap values;
    const QSettings file(path, QSettings::IniFormat);
    for (const QString& key : file.allKeys())
        values.insert(key, file.value(key));
    return values;
}

void writePreferences(const QString& path, const QVariantMap& changes)
{
    QSettings file(path, QSettings::IniFormat);
    for (auto change = changes.begin(); change != changes.end(); ++change)
        file.setValue(change.key(), change.value());
}

} // namespace

Preferences::Preferences(QString path, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_values(readPreferences(m_path))
{
    m_writer.setMaxThreadCount(1);
}

Preferences::~Preferences()
{
    m_writer.waitForDone();
    if (!m_unwritten.isEmpty())
        writePreferences(m_path, m_unwritten);
}

void Preferences::setValue(const QString& key, const QVariant& value)
{
    if (m_values.contains(key) && m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    m_unwritten.insert(key, value);
    if (!m_writing)
        write();
}

void Preferences::write()
{
    m_writing = !m_unwritten.isEmpty();
    if (!m_writing)
        return;
    m_writer.start([this, path = m_path, changes = std::exchange(m_unwritten, {})] {
        writePreferences(path, changes);
        QMetaObject::invokeMethod(this, &Preferences::write, Qt::QueuedConnection);
    });
}

} // namespace ui
