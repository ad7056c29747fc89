// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/common/preferences.h"
#include "ui/main_window.h"
#include "ui/support/sample_scene.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace support {

/// The main window over a scene, of the size that must be enough.
class WindowFixture {
public:
    /// Plays `played` in a new window and opens its vault.
    void show(Scene played)
    {
        scene() = std::move(played);
        m_facade = makeFacade();
        m_settings = std::make_unique<ui::Preferences>(m_folder.filePath(QStringLiteral("window.ini")));
        m_window = std::make_unique<ui::MainWindow>(*m_facade, *m_settings, m_folder.path());
        m_window->resize(1024, 700);
        m_window->show();
        m_window->begin(nullptr);
        settle();
        QApplication::setActiveWindow(m_window.get());
    }

    void close()
    {
        m_window.reset();
        m_facade.reset();
        m_settings.reset();
    }

    ui::MainWindow& window() { return *m_window; }
    lifecycle::CertificateManager& facade() { return *m_facade; }
    /// Lets every answer that is on its way arrive.
    static void settle()
    {
        for (int round = 0; round < 12; ++round)
            QApplication::processEvents();
    }

    void showCredentials()
    {
        m_window->showScreen(ui::ScreenId::Accounts);
        find<QTabWidget>("accountTabs")->setCurrentIndex(1);
        settle();
    }

    template <class T = QWidget>
    T* find(const char* name)
    {
        T* found = m_window->findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget is called %s", name);
        return found;
    }

    void click(const char* name)
    {
        QTest::mouseClick(find(name), Qt::LeftButton);
        settle();
    }

    void type(const char* name, const QString& text)
    {
        QWidget* field = find(name);
        field->setFocus();
        QTest::keyClicks(field, text);
        settle();
    }

    /// Selects these rows of a list and no others.
    void selectRows(const char* name, const QList<int>& rows)
    {
        auto* list = qobject_cast<QAbstractItemView*>(find(name));
        list->clearSelection();
        for (const int row : rows)
            list->selectionModel()->select(list->model()->index(row, 0),
                                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
        settle();
    }

    /// Keeps a picture of the window where the build is, for people to look at.
    void picture(const QString& name, QWidget* widget)
    {
        QDir(QStringLiteral(BINARY_ROOT)).mkpath(QStringLiteral("screens"));
        widget->grab().save(QStringLiteral(BINARY_ROOT "/screens/%1.png").arg(name));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<lifecycle::CertificateManager> m_facade;
    std::unique_ptr<ui::Preferences> m_settings;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace support
