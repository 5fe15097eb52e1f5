"""Common names with the spellings they are met in, first the usual one, in three scripts.

Written down by hand from how offices of several countries write them, not made by the folding the
engine uses: the benchmark has to be able to show where that folding fails.
"""

MEN_MAGHREB = """
Mohamed Mohammed Muhammad Mohamad محمد Мухаммед
Ahmed Ahmad Achmed أحمد Ахмед
Ali Aly علي Али
Ibrahim Ibraheem Brahim إبراهيم Ибрагим
Youssef Yusuf Yousif Yousef يوسف Юсуф
Omar Umar Oumar عمر Умар
Khaled Khalid خالد Халед
Hassan Hasan Hassane حسن Хасан
Hussein Husayn Hossein Houssein حسين Хусейн
Mustafa Mustapha Moustapha مصطفى Мустафа
Abdelkader Abdulqadir Abdoulkader Abdelqader عبدالقادر Абделькадер
Abdulrahman Abderrahmane Abdurrahman عبدالرحمن Абдуррахман
Abdallah Abdullah Abdoullah عبدالله Абдулла
Salem Salim سالم Салем
Saleh Salih صالح Салех
Hamza Hamzah حمزة Хамза
Karim Kareem كريم Карим
Jamal Gamal Djamal جمال Джамал
Idris Idriss Driss إدريس Идрис
Musa Moussa Mousa موسى Муса
Issa Isa Eissa عيسى Иса
Bilal Bilel Belal بلال Билал
Tariq Tarek Tarik طارق Тарик
Nasser Nasir Naser ناصر Насер
Rashid Rachid Rasheed رشيد Рашид
Said Saeed Saïd سعيد Саид
Walid Waleed Oualid وليد Валид
Yahya Yahia Yehia يحيى Яхья
Zakaria Zakariya Zachariah زكريا Закария
Sulayman Suleiman Souleymane Sulaiman سليمان Сулейман
"""
WOMEN_MAGHREB = """
Fatima Fatma Fatimah Fatouma فاطمة Фатима
Aisha Aicha Aysha Aïcha عائشة Айша
Khadija Khadidja Hadija خديجة Хадиджа
Maryam Mariam Meriem مريم Марьям
Zainab Zeinab Zaynab زينب Зейнаб
Amina Aminah Ameena أمينة Амина
Salma Selma سلمى Сальма
Nour Noor Nur نور Нур
Leila Layla Laila ليلى Лейла
Halima Haleema Halimah حليمة Халима
Samira Sameera سميرة Самира
Hawa Hawwa Haoua حواء Хава
"""
FAMILIES_MAGHREB = """
Keita Keïta كيتا Кейта
Toure Touré Touray توري Туре
Diallo Jallow Dialo ديالو Диалло
Traore Traoré تراوري Траоре
Hassani Hasani الحسني Хассани
Mansour Mansur Mansoor منصور Мансур
Haddad Hadad حداد Хаддад
Khalil Khaleel Halil خليل Халиль
Nasri Nassri نصري Насри
Bakr Bakir Bakari بكر Бакр
Sharif Cherif Shareef شريف Шариф
Qasim Kassem Kasim Qassim قاسم Касим
Farouk Faruq Farouq فاروق Фарук
Hamdi Hamdy حمدي Хамди
Othman Osman Ousmane عثمان Осман
Rahmani Rahmany رحماني Рахмани
Shaheen Chahine Shahin شاهين Шахин
Zaki Zaky زكي Заки
Darwish Darwich Darouiche درويش Дарвиш
Najjar Nadjar Najar نجار Наджар
Saleh Salah صالح Салех
Jaber Jabir Djaber جابر Джабер
Barakat Baraket بركات Баракат
Sabri Sabry صبري Сабри
Tahir Taher Tahar طاهر Тахир
Younes Younis Yunus يونس Юнус
Amari Ammari عماري Аммари
Belkacem Belkassem Belqasim بلقاسم Белькасем
Sidibe Sidibé سيديبي Сидибе
Coulibaly Koulibali كوليبالي Кулибали
"""
MEN_EAST = """
Sergey Sergei Serhiy Serguei Сергей سيرغي
Aleksandr Alexander Oleksandr Alexandre Александр ألكسندر
Dmitry Dmitri Dmytro Dimitri Дмитрий دميتري
Nikolay Nikolai Mykola Nicolai Николай نيكولاي
Yevgeny Evgeny Evgenii Yevhen Евгений يفغيني
Mikhail Michail Mykhailo Михаил ميخائيل
Vladimir Volodymyr Wladimir Владимир فلاديمير
Andrey Andrei Andriy Андрей أندريه
Ivan Iwan Иван إيفان
Viktor Victor Wiktor Виктор فيكتور
Yuri Yuriy Iouri Юрий يوري
Aleksey Alexei Oleksiy Алексей أليكسي
Grigory Grigori Hryhoriy Григорий غريغوري
Konstantin Constantin Константин قسطنطين
Stanislav Stanislaw Станислав ستانيسلاف
Boris Borys Борис بوريس
Dragan Драган دراغان
Milos Miloš Милош ميلوش
Goran Горан غوران
Zoran Зоран زوران
"""
WOMEN_EAST = """
Svetlana Svitlana Swetlana Светлана سفيتلانا
Natalia Nataliya Natalya Nathalia Наталья ناتاليا
Yelena Elena Olena Елена إيلينا
Irina Iryna Irena Ирина إيرينا
Tatiana Tatyana Tetiana Татьяна تاتيانا
Olga Olha Ольга أولغا
Ekaterina Yekaterina Kateryna Catherina Екатерина كاترينا
Jelena Yelena Јелена يلينا
Oksana Oxana Оксана أوكسانا
Marina Maryna Марина مارينا
"""
FAMILIES_EAST = """
Ivanov Iwanow Ivanoff Иванов إيفانوف
Petrov Petroff Petrow Петров بتروف
Shevchenko Chevtchenko Schewtschenko Шевченко شيفتشينكو
Kovalenko Kowalenko Коваленко كوفالينكو
Bondarenko Bondarenco Бондаренко بوندارينكو
Tkachenko Tkatchenko Ткаченко تكاتشينكو
Kuznetsov Kouznetsov Kuznecov Кузнецов كوزنيتسوف
Popov Popoff Попов بوبوف
Sokolov Sokoloff Соколов سوكولوف
Morozov Morosov Морозов موروزوف
Jovanovic Jovanović Yovanovich Јовановић يوفانوفيتش
Petrovic Petrović Petrovich Петровић بتروفيتش
Nikolic Nikolić Nikolich Николић نيكوليتش
Markovic Marković Markovich Марковић ماركوفيتش
Zhukov Joukov Zukov Жуков جوكوف
Yakovenko Iakovenko Jakovenko Яковенко ياكوفينكو
Lysenko Lissenko Лысенко ليسينكو
Melnyk Melnik Мельник ميلنيك
Fedorov Fyodorov Fiodorov Фёдоров فيودوروف
Smirnov Smirnoff Смирнов سميرنوف
"""
MEN_COAST = """
John Jon Jhon
Joseph Josef Joesph
Emmanuel Emanuel Immanuel
Samuel Samual Samwel
Moses Mozes
Prince Prins
Thomas Tomas
Daniel Danial
James Jemes
Augustine Augustin
Varney Vani
Boakai Bokai Boakye
Kollie Koli Kolleh
Sekou Seku Sékou
Lamin Lamine Lameen
Foday Fode Fodé
Jefferson Jeferson
Philip Phillip Filip
Stephen Steven Stefan
Isaac Isaak Izaac
"""
WOMEN_COAST = """
Mary Marie Mery
Comfort Comfurt
Princess Princes
Hawa Hawah Haoua
Fatu Fatou Fatoo
Martha Marta
Esther Ester
Ruth Rut
Grace Grase
Patience Pacience
Kumba Koumba Coumba
Victoria Viktoria
"""
FAMILIES_COAST = """
Johnson Jonson Johnsen
Kamara Camara Kamarah
Sesay Sessay Sesey
Koroma Corroma Karoma
Bangura Bangoura
Conteh Konteh Conte
Dolo Dolloh
Kpadeh Kpaddeh Padeh
Sumo Sumoh Soumo
Flomo Flomoh Flumo
Massaquoi Massaquoy Masakoi
Weah Wea
Cooper Couper
Roberts Robertz
Togba Togbah Toghba
Gbowee Gbowe Bowee
Tarr Tar
Zayzay Zeze Zazay
Freeman Fremann
Sirleaf Sirlief Serleaf
"""
MEN_SPANISH = """
José Jose Joze
Juan Huan
Luis Luiz
Carlos Karlos
Jorge George
Miguel Migel
Antonio Antônio Antonyo
Rafael Raphael
Fernando Hernando
João Joao
Pedro Pedru
Ramón Ramon
Sebastião Sebastian Sebastiao
Domingos Domingo
Xavier Javier
Víctor Victor Vitor
"""
WOMEN_SPANISH = """
María Maria Marya
Ana Anna
Carmen Karmen
Rosa Roza
Teresa Theresa Tereza
Lucía Lucia Luzia
Isabel Izabel Isabelle
Esperança Esperanza
Juana Joana
Beatriz Beatris
"""
FAMILIES_SPANISH = """
González Gonzalez Gonzales Gonçalves
Rodríguez Rodriguez Rodrigues
Hernández Hernandez Fernandes
López Lopez Lopes
Martínez Martinez Martins
Pérez Perez Peres
Souza Sousa
Silva Sylva
Ximenes Jimenez Ximenez
Guterres Gutierres Gutiérrez
Vásquez Vasquez Vazquez Bazques
Núñez Nunez Nunes
Araújo Araujo
Carvalho Carvallo Carvalio
Pinto Pintu
Castillo Castilho Castiyo
Quispe Kispe
Yupanqui Yupanki
"""

CULTURES = {
    "maghreb": (MEN_MAGHREB, WOMEN_MAGHREB, FAMILIES_MAGHREB),
    "east": (MEN_EAST, WOMEN_EAST, FAMILIES_EAST),
    "coast": (MEN_COAST, WOMEN_COAST, FAMILIES_COAST),
    "spanish": (MEN_SPANISH, WOMEN_SPANISH, FAMILIES_SPANISH),
}


def spellings(table: str) -> list[list[str]]:
    """The names of a table, each with its spellings."""
    return [line.split() for line in table.strip().splitlines()]
