// SPDX-License-Identifier: Apache-2.0
#include "ui/common/preferences.h"

#include "support/test_program.h"

#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tst_preferences {

using namespace Qt::StringLiterals;
using ui::Preferences;

/// What a window remembers.
class PreferencesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Preferences> m_preferences;

    QString path() const { return m_folder.filePath(u"window.ini"_s); }

private Q_SLOTS:
    void init() { m_preferences = std::make_unique<Preferences>(path()); }
    void cleanup()
    {
        m_preferences.reset();
        QFile::remove(path());
    }

    void whatWasSetIsThereAtOnceAndNextTime()
    {
        QVERIFY(!m_preferences->contains(u"lists/orders"_s));
        m_preferences->setValue(u"lists/orders"_s, QByteArray("\0\1\2", 3));
        m_preferences->setValue(u"closeExplained"_s, true);
        QCOMPARE(m_preferences->value(u"lists/orders"_s).toByteArray(), QByteArray("\0\1\2", 3));
        m_preferences.reset();
        const Preferences again(path());
        QCOMPARE(again.value(u"lists/orders"_s).toByteArray(), QByteArray("\0\1\2", 3));
        QVERIFY(again.value(u"closeExplained"_s).toBool());
        QVERIFY(!again.contains(u"other"_s));
    }

    void isWrittenWithoutBeingClosed()
    {
        m_preferences->setValue(u"appearance"_s, u"dark"_s);
        QTRY_VERIFY(QFileInfo::exists(path()));
        QCOMPARE(Preferences(path()).value(u"appearance"_s).toString(), u"dark"_s);
    }

    void whatIsSetWhileTheFileIsBeingWrittenIsWrittenToo()
    {
        for (int width = 0; width < 200; ++width)
            m_preferences->setValue(u"width"_s, width);
        m_preferences.reset();
        QCOMPARE(Preferences(path()).value(u"width"_s).toInt(), 199);
    }

    void settingDoesNotWaitForTheFile()
    {
        auto inTheWay = std::make_unique<QLockFile>(path() + u".lock"_s); // as another program that writes it
        QVERIFY(inTheWay->lock());
        m_preferences->setValue(u"width"_s, 1);
        m_preferences->setValue(u"width"_s, 2);
        QCoreApplication::processEvents();
        QCOMPARE(m_preferences->value(u"width"_s).toInt(), 2);
        QVERIFY(!QFileInfo::exists(path()));
        inTheWay.reset();
        QTRY_COMPARE(Preferences(path()).value(u"width"_s).toInt(), 2);
    }
};

SEALWRIGHT_TEST(PreferencesTest)

} // namespace tst_preferences

#include "tst_preferences.moc"
