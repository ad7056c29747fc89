// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/window/pages.h"

#include <QObject>

namespace support {

/// Whether pages can be used by keyboard and read aloud, in both themes, in the window of 1024 by 700 that must be
/// enough; and whether nothing is cut off in the smallest one.
class AccessibilityTest : public QObject {
    Q_OBJECT

public:
    explicit AccessibilityTest(QList<Page> pages)
        : m_pages(std::move(pages))
    {
    }

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_fixture.close(); }
    void everyPageCanBeUsedByKeyboardAndReadAloud_data();
    void everyPageCanBeUsedByKeyboardAndReadAloud();
    void everyPageFitsTheSmallestWindow_data();
    void everyPageFitsTheSmallestWindow();

private:
    QList<Page> m_pages;
    WindowFixture m_fixture;
};

/// The whole program of such a test.
int checkPages(int argc, char** argv, QList<Page> pages);

} // namespace support
